import type { Confidence, HardeningCover, Vendor, VendorAnswer } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Pill, type Tone } from '../../parts/State';
import { texts } from './texts';
import { shareOf } from './vendors';
import classes from './vendors.module.css';

const grades: Record<Vendor['grade'], Tone> = { meets: 'good', partly: 'warn', unproven: 'note', fails: 'bad' };
const coverages: Record<HardeningCover['coverage'], Tone> = { enforced: 'good', partly: 'warn', cannot: 'bad', open: 'note' };
const answers: Record<VendorAnswer, Tone> = { yes: 'good', partly: 'warn', no: 'bad', unknown: 'note' };

export function GradeBadge({ grade }: { grade: Vendor['grade'] }) {
  const t = useTexts(texts);
  return <Pill tone={grades[grade]}>{t[`grade_${grade}`]}</Pill>;
}

export function CoverageBadge({ coverage }: { coverage: HardeningCover['coverage'] }) {
  const t = useTexts(texts);
  return <Pill tone={coverages[coverage]}>{t[`coverage_${coverage}`]}</Pill>;
}

export function AnswerBadge({ answer }: { answer: VendorAnswer }) {
  const t = useTexts(texts);
  return <Pill tone={answers[answer]}>{t[`answer_${answer}`]}</Pill>;
}

export function Sure({ confidence }: { confidence: Confidence | undefined }) {
  const t = useTexts(texts);
  return <>{confidence ? t[`sure_${confidence}`] : ''}</>;
}

// "21/28" with a bar.
export function Hardened({ hardened }: { hardened: string }) {
  return (
    <span className={classes.hardened}>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.fill} style={{ width: `${shareOf(hardened) * 100}%` }} />
      </span>
      {hardened}
    </span>
  );
}
