import type { VendorCard } from '../../api/types';

export interface Cannot {
  what: string;
  why: string;
  kind: 'paper' | 'hardening' | 'setting';
}

// What its phones can't do, or nobody knows that they can: the paper's requirements first, then protections that can't
// be enforced, then settings that have no parameter.
export function cannotDo(card: VendorCard): Cannot[] {
  const paper = card.scorecard.requirements.filter(one => one.answer === 'no').map((one): Cannot => ({ what: one.requirement, why: one.note ?? '', kind: 'paper' }));
  const rules = card.hardening.list.filter(one => one.coverage === 'cannot' || one.coverage === 'open');
  const named = new Set(rules.map(one => one.setting));
  const hardening = rules.map((one): Cannot => ({ what: one.says, why: one.why || (card.unsupported[one.setting] ?? ''), kind: 'hardening' }));
  const settings = Object.entries(card.unsupported)
    .filter(([setting]) => !named.has(setting))
    .map(([what, why]): Cannot => ({ what, why, kind: 'setting' }));
  return [...paper, ...hardening, ...settings];
}

// "21/28" as a share.
export function shareOf(hardened: string): number {
  const [some = 0, all = 0] = hardened.split('/').map(Number);
  return all > 0 ? some / all : 0;
}
