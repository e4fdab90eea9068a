import { Text } from '@mantine/core';
import type { HardeningCover, Requirement, VendorAnchor, VendorCard, VendorFile } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { CopyValue } from '../../parts/CopyButton';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Section } from '../../parts/Section';
import { Pill } from '../../parts/State';
import { AnswerBadge, CoverageBadge, Sure } from '../vendors/Grades';
import { texts } from '../vendors/texts';
import classes from '../vendors/vendors.module.css';

type Of = { card: VendorCard };

export function Paper({ card }: Of) {
  const t = useTexts(texts);
  const fields: Field<Requirement>[] = [
    { id: 'asked', head: t.asked, wide: true, render: one => one.requirement },
    { id: 'answer', head: t.answer, render: one => <AnswerBadge answer={one.answer} /> },
    { id: 'note', head: t.note, wide: true, render: one => one.note ?? '' },
    { id: 'sure', head: t.sure, from: 'md', render: one => <Sure confidence={one.confidence} /> },
  ];
  return (
    <Section title={t.paper} flush>
      <DataTable label={t.paper} fields={fields} rows={card.scorecard.requirements} rowKey={one => String(one.number)} />
    </Section>
  );
}

export function Protections({ card }: Of) {
  const t = useTexts(texts);
  const fields: Field<HardeningCover>[] = [
    { id: 'rule', head: t.rule, wide: true, render: one => one.says },
    { id: 'coverage', head: t.coverage, render: one => <CoverageBadge coverage={one.coverage} /> },
    { id: 'parameters', head: t.parameters, wide: true, render: one => <span className="mono">{one.parameters.map(parameter => parameter.parameter).join(', ')}</span> },
    { id: 'why', head: t.note, wide: true, from: 'lg', render: one => one.why },
  ];
  return (
    <Section title={t.hardening} note={t.hardeningNote(card.hardening.enforced, card.hardening.rules)} flush>
      <DataTable label={t.hardening} fields={fields} rows={card.hardening.list} rowKey={one => one.rule} />
    </Section>
  );
}

export function Anchors({ card }: Of) {
  const t = useTexts(texts);
  const fields: Field<VendorAnchor>[] = [
    { id: 'id', head: 'ID', render: one => <b>{one.id}</b> },
    { id: 'subject', head: t.subject, wide: true, render: one => one.subject },
    { id: 'fingerprint', head: t.fingerprint, wide: true, render: one => (/^[0-9a-f]{64}$/.test(one.sha256) ? <CopyValue text={one.sha256} shown={`${one.sha256.slice(0, 20)}…`} /> : one.sha256) },
    { id: 'note', head: t.note, wide: true, from: 'lg', render: one => one.note },
    { id: 'sure', head: t.sure, from: 'md', render: one => <Sure confidence={one.confidence} /> },
  ];
  return (
    <Section title={t.anchors} flush>
      {card.anchors.length === 0 ? <Empty icon="shield">{t.noAnchors}</Empty> : <DataTable label={t.anchors} fields={fields} rows={card.anchors} rowKey={one => one.id} />}
    </Section>
  );
}

export function Files({ card }: Of) {
  const t = useTexts(texts);
  const kinds: Record<VendorFile['kind'], string> = { unknown: t.file_unknown, device: t.file_device, common: t.file_common, absent: t.file_absent, upload: t.file_upload };
  const fields: Field<VendorFile>[] = [
    { id: 'path', head: t.path, wide: true, render: one => <span className="mono">{one.path}</span> },
    { id: 'kind', head: '', bare: true, render: one => <>{kinds[one.kind]} {one.secrets && <Pill tone="warn">{t.carriesSecrets}</Pill>}</> },
    { id: 'note', head: t.note, wide: true, from: 'md', render: one => one.note },
  ];
  return (
    <Section title={t.files} flush>
      <DataTable label={t.files} fields={fields} rows={card.files} rowKey={one => one.id} />
    </Section>
  );
}

export function Models({ card }: Of) {
  const t = useTexts(texts);
  return (
    <Section title={t.modelList(card.model_list.length)}>
      <ul className={classes.chips}>
        {card.model_list.map(model => (
          <li key={model.id}>
            {model.id} <Text span size="xs" c="dimmed">{t.lines(model.lines)}</Text>
          </li>
        ))}
      </ul>
      <Text size="sm" mt="sm">
        <b>{t.prefixes}:</b> <span className="mono">{card.mac_prefixes.list.join(', ').toUpperCase()}</span>
      </Text>
    </Section>
  );
}

export function Sources({ card }: Of) {
  const t = useTexts(texts);
  const sources = Object.entries(card.sources);
  return (
    <>
      {card.quirks.length > 0 && (
        <Section title={t.quirks}>
          <ul className={classes.list}>
            {card.quirks.map(quirk => (
              <li key={quirk}>{quirk}</li>
            ))}
          </ul>
        </Section>
      )}
      <details className={`panel ${classes.panel}`}>
        <summary>{t.sources(sources.length)}</summary>
        <div>
          <ul className={classes.list}>
            {sources.map(([id, text]) => (
              <li key={id}>
                <b>{id}</b>: {text}
              </li>
            ))}
          </ul>
        </div>
      </details>
    </>
  );
}
