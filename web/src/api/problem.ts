// What went wrong, as the server says it (RFC 9457): code, what, why and how to mend it.
import { common } from '../i18n/common';
import { textsNow } from '../i18n/texts';
import type { Problem as ProblemTold } from './types';

// What fails in between may answer anything.
export type ProblemBody = Partial<ProblemTold> & { step_up_required?: boolean };

export class Problem extends Error {
  readonly status: number; // 0: no answer came
  readonly code: string;
  readonly where: string;
  readonly why: string;
  readonly fix: string;
  readonly needsStepUp: boolean;

  constructor(status: number, body: ProblemBody) {
    super(body.what ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? '';
    this.where = body.where ?? '';
    this.why = body.why ?? '';
    this.fix = body.fix ?? '';
    this.needsStepUp = status === 403 && body.step_up_required === true;
  }
}

export function noAnswer(): Problem {
  const t = textsNow(common);
  return new Problem(0, { title: t.offlineTitle, fix: t.offlineFix });
}

// Asked for, kept, not done: a second person must agree (two-person rule).
export function waitsForAnother(): Problem {
  const t = textsNow(common);
  return new Problem(202, { title: t.waitsTitle, fix: t.waitsFix });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(-1, { title: error instanceof Error ? error.message : String(error) });
}
