// Journey A: a list of phones comes in; nothing is written before it was seen.
import { Alert, Box, Button, Group, Stack, Stepper, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Problem } from '../../api/problem';
import type { PageProps } from '../../app/routes';
import { watch } from '../../app/watched';
import type { ImportJob } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { Loading } from '../../parts/Loading';
import { PageHead } from '../../parts/PageHead';
import { ProblemNote } from '../../parts/Problem';
import { Link, navigate, useQueryState } from '../../router/router';
import { VerdictBox } from '../device/Verdict';
import { Arrivals } from './Arrivals';
import { CheckStep, RejectsButton, Tiles } from './CheckStep';
import { type Sheet, decode, parse } from './csv';
import { Interrupted } from './Interrupted';
import { type LoadedFile, type Options, beginImport, isGone, isMoving, useJob } from './job';
import { LoadStep } from './LoadStep';
import { Moving } from './Moving';
import { texts } from './texts';
import { Undo } from './Undo';

// Its report goes with the server that made it; its record stays for a day.
function DoneEarlier({ written }: { written: number }) {
  const t = useTexts(texts);
  return <VerdictBox tone="good" saw={t.done(written)} next="" />;
}

function Done({ job, tenant }: { job: ImportJob; tenant: string }) {
  const t = useTexts(texts);
  const report = job.report;
  if (!report) return job.undo ? <DoneEarlier written={job.undo.added + job.undo.changed} /> : null;
  const nothing = report.applied === 0 && report.unchanged === 0;
  return (
    <Stack gap="md">
      <VerdictBox
        tone={nothing ? 'bad' : report.refused > 0 ? 'warn' : 'good'}
        saw={nothing ? t.doneNothing(job.rows_total) : t.done(report.applied)}
        next=""
      >
        <Text w="100%">
          {t.doneRest(report.unchanged, report.refused)}
          {job.reason && ` ${t.doneWhy(job.reason)}`}
        </Text>
        <Button component={Link} href={tenant ? `/devices?tenant=${tenant}` : '/devices'} size="xs">
          {t.toDevices}
        </Button>
        {report.refused > 0 && <RejectsButton id={job.id} />}
      </VerdictBox>
      <Tiles report={report} />
    </Stack>
  );
}

const fresh: Options = { tenant: '', arm: true, columns: {} };

function stepOf(job: ImportJob | undefined): number {
  if (job === undefined) return 0;
  return job.state === 'done' ? 2 : 1;
}

export default function Import({ params }: PageProps) {
  const t = useTexts(texts);
  const [{ job: id }, setValues] = useQueryState();
  // /imports/ID is where lists of jobs lead.
  const led = params.job;
  useEffect(() => {
    if (led) navigate(`/import?job=${encodeURIComponent(led)}`, 'replace');
  }, [led]);
  const [options, setOptions] = useState<Options>(fresh);
  const [loaded, setLoaded] = useState<{ job: string; sheet: Sheet; options: Options } | null>(null);
  const query = useJob(id);
  const job = id === undefined ? undefined : query.data;
  const kept = loaded?.job === job?.id ? loaded : null;
  const moving = job?.state === 'applying' ? job.id : undefined;
  useEffect(() => {
    if (moving) watch(moving);
  }, [moving]);
  const begin = async (file: LoadedFile | string, asked: Options) => {
    const begun = await beginImport(file, asked);
    setLoaded({ job: begun.id, sheet: parse(typeof file === 'string' ? file : decode(file.bytes)), options: asked });
    setValues({ job: begun.id }, 'push');
  };
  const again = () => setValues({ job: null }, 'push');
  const gone = isGone(query.error);
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          id !== undefined && (
            <Button variant="default" onClick={again} leftSection={<Icon name="upload" size={16} />}>
              {t.another}
            </Button>
          )
        }
      />
      <Stepper active={stepOf(job)} size="xs" mb="lg" maw={560} aria-label={t.title}>
        <Stepper.Step label={t.stepLoad} />
        <Stepper.Step label={t.stepCheck} />
        <Stepper.Step label={t.stepDone} />
      </Stepper>
      {id === undefined && <LoadStep options={options} onOptions={setOptions} onCheck={file => begin(file, options)} />}
      {id !== undefined && query.isPending && <Loading />}
      {gone && (
        <Alert color="yellow">
          <Group>
            <Text>{t.gone}</Text>
            <Button size="xs" onClick={again}>
              {t.another}
            </Button>
          </Group>
        </Alert>
      )}
      {id !== undefined && query.isError && !gone && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {job && isMoving(job) && !gone && <Moving job={job} />}
      {job?.state === 'failed' && <ProblemNote error={new Problem(422, { title: t.failed, ...job.error })} onRetry={again} />}
      {job?.state === 'cancelled' && <ProblemNote error={new Problem(422, { title: t.stopped, ...job.error })} onRetry={again} />}
      {job?.state === 'interrupted' && (
        <Interrupted job={job} onAgain={again} onGoOn={kept ? () => begin(kept.sheet.text, kept.options) : null} />
      )}
      {job?.state === 'checked' && job.report && (
        <CheckStep
          key={job.id}
          job={job}
          report={job.report}
          sheet={kept?.sheet ?? null}
          options={job.options ?? fresh}
          onRecheck={begin}
          onApplied={() => query.refetch()}
        />
      )}
      {job?.state === 'done' && <Done job={job} tenant={job.options?.tenant ?? ''} />}
      {job?.state === 'done' && (job.undo?.began ?? null) === null && (
        <Box mt="md">
          <Arrivals id={job.id} />
        </Box>
      )}
      {job?.undo && (
        <Box mt="md">
          <Undo id={job.id} undo={job.undo} onChanged={() => query.refetch()} />
        </Box>
      )}
    </>
  );
}
