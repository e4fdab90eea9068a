// The fleet in figures, to look at, to print, to take along.
import { Button } from '@mantine/core';
import { address } from '../../api/client';
import { useFleet } from '../../api/fleet';
import type { CountedName, Fleet, SilentSite } from '../../api/types';
import { date, dateTime, number, percent } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { type Bar, Bars } from '../../parts/Bars';
import { ChooseTenant } from '../../parts/Choose';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Facts } from '../../parts/Facts';
import { Icon } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { StatTile, Tiles } from '../../parts/StatTile';
import { deviceStates, stateTexts } from '../../parts/State';
import { Link, useQueryState } from '../../router/router';
import { barsOf, toneOfStars, toneOfState } from './bars';
import classes from './report.module.css';
import { texts } from './texts';

const listOf = (tenant: string, filter: Record<string, string>) => address('/devices', { tenant, ...filter });

function ByName({ title, named, tenant, filter }: { title: string; named: CountedName[]; tenant: string; filter: 'vendor' | 'model' | 'firmware' }) {
  const t = useTexts(texts);
  const bars = barsOf(named, 12, { unknown: t.unknown, rest: t.rest }, name => listOf(tenant, { [filter]: name }));
  return (
    <Section title={title}>
      <Bars label={title} bars={bars} shares />
    </Section>
  );
}

function States({ report, tenant }: { report: Fleet; tenant: string }) {
  const t = useTexts(texts);
  const s = useTexts(stateTexts);
  const bars = deviceStates.filter(state => report.by_state[state]).map((state): Bar => ({ key: state, label: s[state], count: report.by_state[state] ?? 0, href: listOf(tenant, { state }), tone: toneOfState[state] }));
  return (
    <Section title={t.byState}>
      <Bars label={t.byState} bars={bars} shares />
    </Section>
  );
}

function Ratings({ report, tenant }: { report: Fleet; tenant: string }) {
  const t = useTexts(texts);
  const rating = report.by_rating;
  const bars: Bar[] = ([5, 4, 3, 2, 1] as const).map(stars => ({ key: String(stars), label: t.stars(stars), count: rating[stars], tone: toneOfStars(stars), href: listOf(tenant, { rating: String(stars) }) }));
  if (rating.none) bars.push({ key: 'none', label: t.noRating, count: rating.none, tone: 'note' });
  return (
    <Section title={t.byRating}>
      <Bars label={t.byRating} bars={bars} shares />
    </Section>
  );
}

function Sites({ sites }: { sites: SilentSite[] }) {
  const t = useTexts(texts);
  const fields: Field<SilentSite>[] = [
    { id: 'tenant', head: t.tenant, render: one => <Link href={`/tenants/${one.tenant}`}>{one.tenant}</Link> },
    { id: 'site', head: t.site, render: one => <Link href={listOf(one.tenant, { site: one.site, never_seen: 'true' })}>{one.site || t.noSite}</Link> },
    { id: 'overdue', head: t.overdue, align: 'right', render: one => <b>{number(one.overdue)}</b> },
    { id: 'waiting', head: t.waiting, align: 'right', render: one => number(one.waiting) },
    { id: 'seen', head: t.seen, align: 'right', render: one => number(one.seen) },
    { id: 'guess', head: t.guess, wide: true, render: one => one.guess },
  ];
  return (
    <Section title={t.sites} note={t.sitesNote} flush>
      {sites.length === 0 ? <Empty icon="check">{t.sitesNone}</Empty> : <DataTable label={t.sites} fields={fields} rows={sites} rowKey={one => `${one.tenant} ${one.site}`} />}
    </Section>
  );
}

function Figures({ report, tenant }: { report: Fleet; tenant: string }) {
  const t = useTexts(texts);
  return (
    <Tiles>
      <StatTile label={t.devices} value={number(report.devices)} href={listOf(tenant, {})} />
      <StatTile label={t.neverSeen} value={number(report.never_seen)} href={listOf(tenant, { never_seen: 'true' })} tone={report.never_seen > 0 ? 'warn' : undefined} />
      <StatTile label={t.retired} value={number(report.retired)} href={listOf(tenant, { state: 'retired' })} />
      <StatTile label={t.best} value={percent(report.by_rating[5] / Math.max(1, report.devices))} tone="good" />
    </Tiles>
  );
}

function Filled({ report, tenant }: { report: Fleet; tenant: string }) {
  const t = useTexts(texts);
  return (
    <div className={classes.stack}>
      <Figures report={report} tenant={tenant} />
      <div className={classes.grid}>
        <States report={report} tenant={tenant} />
        <Ratings report={report} tenant={tenant} />
        <ByName title={t.byVendor} named={report.by_vendor} tenant={tenant} filter="vendor" />
        <ByName title={t.byModel} named={report.by_model} tenant={tenant} filter="model" />
        <ByName title={t.byFirmware} named={report.by_firmware} tenant={tenant} filter="firmware" />
      </div>
      <Sites sites={report.silent_sites} />
      {report.certificates && report.certificates.length > 0 && (
        <Section title={t.certificates}>
          <Facts of={report.certificates.map(one => [one.name, `${t.ends} ${date(one.until)}`] as const)} />
        </Section>
      )}
    </div>
  );
}

function Actions({ tenant, onTenant }: { tenant: string; onTenant: (tenant: string | null) => void }) {
  const t = useTexts(texts);
  const file = (format: string) => address('/v1/fleet/report', { format, tenant });
  return (
    <>
      <ChooseTenant aria-label={t.tenant} placeholder={t.tenant} value={tenant || null} onChange={onTenant} clearable w={170} />
      <Button component="a" href={file('html')} target="_blank" variant="default" size="sm">
        {t.html}
      </Button>
      <Button component="a" href={file('csv')} download="fleet.csv" variant="default" size="sm">
        {t.csv}
      </Button>
      <Button component="a" href={file('json')} download="fleet.json" variant="default" size="sm">
        {t.json}
      </Button>
      <Button onClick={() => window.print()} leftSection={<Icon name="file" size={15} />}>
        {t.print}
      </Button>
    </>
  );
}

export default function ReportPage() {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const tenant = values.tenant ?? '';
  const query = useFleet(tenant);
  const report = query.data;
  return (
    <>
      <PageHead
        title={t.title}
        lead={report && t.lead(dateTime(report.at), tenant)}
        actions={<Actions tenant={tenant} onTenant={next => setValues({ tenant: next })} />}
      />
      <Answer of={query} rows={12}>
        {data =>
          data.devices === 0 ? (
            <div className="panel">
              <Empty icon="chart" action={{ label: t.import, href: '/import' }}>
                {t.empty}
              </Empty>
            </div>
          ) : (
            <Filled report={data} tenant={tenant} />
          )
        }
      </Answer>
    </>
  );
}
