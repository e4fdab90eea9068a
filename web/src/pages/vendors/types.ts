// A vendor as the server knows it, and how much it is sure of.
export type Grade = 'meets' | 'partly' | 'unproven' | 'fails';
export type Coverage = 'enforced' | 'partly' | 'cannot' | 'open';
export type Answered = 'yes' | 'partly' | 'no' | 'unknown';

export interface Provenance {
  sources?: string[];
  confidence?: 'high' | 'medium' | 'low';
  note?: string;
}

export interface VendorRow {
  id: string;
  name: string;
  status: string;
  models: number;
  secret_mode: string;
  grade: Grade;
  paper: string;
  hardened: string;
  summary: string;
}

export interface Requirement extends Provenance {
  number: number;
  name: string;
  requirement: string;
  answer: Answered;
}

export interface HardeningRule {
  rule: string;
  requirement: string;
  says: string;
  setting: string;
  coverage: Coverage;
  why: string;
  parameters: (Provenance & { parameter: string; models: string })[];
}

export interface VendorCard extends VendorRow {
  scorecard: { requirements: Requirement[]; warnings: string[]; sources: number; blocks: Record<'high' | 'medium' | 'low', number> };
  hardening: { rules: number; enforced: number; partly: number; cannot: number; open: number; list: HardeningRule[] };
  secrets: Provenance & { preferred: string; reason: string; possible: string[] };
  access: Provenance & { certificate: string; basic: string; digest: string; url_credentials: string; token_url: string; token_header: string };
  tls: Provenance & { minimum: string; sni: string };
  setup: Provenance & { url: string; dhcp_options: number[]; redirection: string; manual: string; factory_reset: string };
  anchors: (Provenance & { id: string; subject: string; profile: string; sha256: string; published_at: string })[];
  files: (Provenance & { id: string; kind: string; path: string; secrets: boolean; stage: string })[];
  fixed: { parameter: string; value: string; reason: string }[];
  model_list: { id: string; lines: number; keys: number }[];
  mac_prefixes: Provenance & { any_mac_prefix: boolean; local_macs: boolean; list: string[] };
  unsupported: Record<string, string>;
  quirks: string[];
  resync: Provenance & { event: string; reboot: string; challenges: string };
  sources: Record<string, string>;
}

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
