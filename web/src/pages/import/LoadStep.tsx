import { Box, Button, Checkbox, FileButton, Grid, Group, Stack, Table, Text, Textarea } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useAttempt } from '../../factors/useAttempt';
import { bytes } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { ChooseTenant } from '../../parts/Choose';
import { Icon } from '../../parts/icons';
import { ProblemNote } from '../../parts/Problem';
import { saveAs } from '../../parts/save';
import { Section } from '../../parts/Section';
import classes from './import.module.css';
import type { LoadedFile, Options } from './job';
import { texts } from './texts';

interface DropProps {
  file: LoadedFile | null;
  onFile: (file: LoadedFile | null) => void;
}

function DropZone({ file, onFile }: DropProps) {
  const t = useTexts(texts);
  const [over, setOver] = useState(false);
  const { error, attempt } = useAttempt();
  const forget = useRef<() => void>(null); // the same file again, mended meanwhile, is news
  const take = async (chosen: File | null | undefined) => {
    forget.current?.();
    if (chosen) await attempt(async () => onFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) }));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <Box
      className={classes.drop}
      data-over={over ? 'true' : undefined}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name={file ? 'file' : 'upload'} size={30} />
      <Text fw={600}>{file ? t.loaded(file.name, bytes(file.bytes.length)) : t.drop}</Text>
      <Text size="sm" c="dimmed" ta="center">
        {t.dropHint}
      </Text>
      <Group gap="xs">
        <FileButton onChange={chosen => void take(chosen)} resetRef={forget} accept=".csv,.txt,.tsv,text/csv,text/plain" inputProps={{ 'aria-label': t.choose }}>
          {props => (
            <Button variant="default" {...props}>
              {t.choose}
            </Button>
          )}
        </FileButton>
      </Group>
      {error !== null && <ProblemNote error={error} />}
    </Box>
  );
}

const template = 'mac,tenant,model,site,line.1.user,line.1.display_name\n';

function ColumnHelp() {
  const t = useTexts(texts);
  const rows = [
    ['mac', t.columnMac, '00:15:65:12:34:56'],
    ['tenant', t.columnTenant, 'acme'],
    ['model', t.columnModel, 'T54W'],
    ['site', t.columnSite, 'Head office'],
    ['line.1.user', t.columnUser, 'u4711'],
    ['line.1.display_name', t.columnName, 'Reception'],
  ];
  return (
    <Section
      title={t.columns}
      flush
      actions={
        <Button size="compact-sm" variant="subtle" leftSection={<Icon name="download" size={14} />} onClick={() => saveAs('phones.csv', template, 'text/csv')}>
          {t.template}
        </Button>
      }
    >
      <Table>
        <Table.Tbody>
          {rows.map(([name, meaning, example]) => (
            <Table.Tr key={name}>
              <Table.Td className="mono">{name}</Table.Td>
              <Table.Td>
                {meaning}
                <Text size="xs" c="dimmed" className="mono">
                  {example}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed" p="md">
        {t.columnsMore}
      </Text>
    </Section>
  );
}

interface Props {
  options: Options;
  onOptions: (options: Options) => void;
  onCheck: (file: LoadedFile) => Promise<unknown>;
}

export function LoadStep({ options, onOptions, onCheck }: Props) {
  const t = useTexts(texts);
  const [file, setFile] = useState<LoadedFile | null>(null);
  const [pasted, setPasted] = useState('');
  const { busy, error, attempt } = useAttempt();
  const ready = pasted.trim() !== '' ? { name: t.pasted, bytes: new TextEncoder().encode(pasted) } : file;
  // What was brought last counts, and nothing else is shown.
  const bring = (chosen: LoadedFile | null, typed: string) => {
    setFile(chosen);
    setPasted(typed);
  };
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md">
          <DropZone file={file} onFile={chosen => bring(chosen, '')} />
          <Textarea
            label={t.paste}
            placeholder={t.pastePlaceholder}
            value={pasted}
            onChange={event => bring(null, event.currentTarget.value)}
            rows={8}
            wrap="off"
            spellCheck={false}
            classNames={{ input: 'mono' }}
          />
          <Group align="flex-start" gap="lg">
            <ChooseTenant
              label={t.tenant}
              description={t.tenantHint}
              value={options.tenant || null}
              onChange={value => onOptions({ ...options, tenant: value ?? '' })}
              clearable
              w={240}
            />
            <Checkbox
              mt={26}
              flex="1 1 240px"
              label={t.arm}
              description={t.armHint}
              checked={options.arm}
              onChange={event => onOptions({ ...options, arm: event.currentTarget.checked })}
            />
          </Group>
          {error !== null && <ProblemNote error={error} />}
          <Group>
            <Button size="md" disabled={ready === null} loading={busy} onClick={() => ready && void attempt(() => onCheck(ready))}>
              {t.check}
            </Button>
          </Group>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <ColumnHelp />
      </Grid.Col>
    </Grid>
  );
}
