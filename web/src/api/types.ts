// Shapes of the REST interface's answers, by hand: docs/reference/openapi.json names the paths, not yet the bodies.

export type DeviceState =
  | 'registered'
  | 'armed'
  | 'delivering'
  | 'grace'
  | 'provisioned'
  | 'expired'
  | 'retired';

export interface Device {
  mac: string;
  tenant: string;
  site: string;
  vendor: string;
  model: string;
  firmware: string;
  state: DeviceState;
  secret_mode: 'purge' | 'rotate' | 'retain';
  version: number;
  last_source: string;
  access: 'certificate' | 'digest' | 'basic' | 'token';
  rating: number;
  rating_reason: string;
  armed_until?: string;
  delivering_since?: string;
  grace_until?: string;
  last_seen?: string;
  credentials_since?: string;
  pinned_key?: string;
  held_key?: string;
  token_until?: string;
  token_spent?: string;
  rotation_asked?: string;
  rotation_cause?: string;
  settings: Record<string, string>;
}

export interface EventRow {
  id: number;
  at: string;
  kind: string;
  device?: string;
  proved?: boolean;
  tenant?: string;
  vendor?: string;
  source?: string;
  rule?: string;
  verdict?: string;
  next_step?: string;
  refused?: boolean;
  path?: string;
  user_agent?: string;
  detail?: string;
  actor?: string;
  rating?: number;
}

export interface ExplainedParameter {
  parameter: string;
  value: string;
  setting: string;
  layer: string;
  layer_name: string;
  why: string;
  secret: boolean;
  rule: string;
  sources: string;
  confidence: string;
  otherwise: { layer: string; layer_name: string; value: string }[];
}

// A MAC that is no device, but was asked for.
export interface ExplainedStranger {
  known: false;
  device: { mac: string; vendor: string };
  kind: string;
  verdict: string;
  next_step: string;
  customer: string;
  contacts: EventRow[];
}

export interface Explained {
  known?: true;
  kind: string; // of the verdict: docs/reference/verdicts.md
  customer: string; // what to tell the customer, or nothing
  device: Device;
  tenant: string;
  verdict: string;
  next_step: string;
  rating: number;
  rating_reason: string;
  rating_raise: string;
  parameters: ExplainedParameter[];
  unsent: { setting: string; value: string; layer: string; layer_name: string; why: string }[];
  overruled: { setting: string; value: string; layer: string; layer_name: string; rule: string }[];
  exceptions: Record<string, unknown>[];
  contacts: EventRow[];
}

export interface Delivery {
  id: number;
  at: string;
  device: string;
  generation: number;
  rule: string;
  proof: string;
  key?: string;
  source: string;
  transfer: string;
  ended?: string;
}

export interface SearchHit {
  mac: string;
  tenant: string;
  vendor: string;
  model: string;
  state: DeviceState;
  label: string;
  found: string;
}

export interface Tenant {
  slug: string;
  name: string;
  version: number;
  parent?: string;
  policy?: Record<string, string | number>;
  settings: Record<string, string>;
}

export interface RowProblem {
  code: string;
  what: string;
  where: string;
  why: string;
  fix: string;
  row: number;
  column: string;
  value: string; // the cell as it stands
  suggestions: string[];
}

export interface ImportReport {
  encoding: string;
  separator: string;
  empty_rows: number;
  to_add: number;
  to_change: number;
  unchanged: number;
  refused: number;
  applied: number;
  facts: string;
  rows: number;
  not_in_file: number;
  columns: { header: string; meaning: string }[]; // meaning empty: it is not read
  changes: { row: number; mac: string; fields: { name: string; before: string; after: string }[] }[]; // the first ones
  samples: { row: number; mac: string; syntax: string; text: string }[];
  row_warnings: { row: number; column: string; text: string }[];
  notes: string[];
  warnings: { vendor: string; devices: number; text: string }[];
  problems: RowProblem[];
  problems_total: number;
}

export interface ImportJob {
  id: string;
  state: 'checking' | 'checked' | 'applying' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  rows_done: number;
  rows_total: number;
  report?: ImportReport;
  error?: { code: string; what: string; where: string; why: string; fix: string };
}
