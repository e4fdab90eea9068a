export interface Door {
  name: string;
  address: string;
  port: number;
  tls: string;
  vendors: string[];
  access: string[];
  counters: Record<string, number>;
}

export interface ServerState {
  version: string;
  started: string;
  address: string;
  port: number;
  tenants: number;
  devices: number;
  secrets: number;
  outbox_waiting: number;
  events: number;
  key_holder: string;
  sandbox: string;
  epoch: number;
  epoch_started: string;
  expiry_braked: boolean;
  review_due: boolean;
  reviewed?: string;
  reviewed_by?: string;
  counters: Record<string, number>;
  doors: Door[];
}

// The guard's counters that counted anything, the most first: 'guard.found.clone' becomes 'found.clone'.
export function guardCounts(counters: Record<string, number>): [string, number][] {
  return Object.entries(counters)
    .filter(([name, count]) => name.startsWith('guard.') && count > 0)
    .map(([name, count]): [string, number] => [name.slice('guard.'.length), count])
    .toSorted((a, b) => b[1] - a[1]);
}
