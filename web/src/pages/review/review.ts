// What the page makes of the review.
import type { CountOf, CountWithTopics, Review, ReviewFinding, ReviewWeight } from '../../api/types';

export type By = 'network' | 'vendor' | 'tenant';

export const weights: ReviewWeight[] = ['act', 'look', 'note'];

// Findings that the chosen network, vendor or tenant has a part in.
export function findingsOf(review: Review, chosen: Partial<Record<By, string>>): ReviewFinding[] {
  const lists: Record<By, CountWithTopics[]> = { network: review.by_network, vendor: review.by_vendor, tenant: review.by_tenant };
  let left = review.findings;
  for (const by of ['network', 'vendor', 'tenant'] as const) {
    const name = chosen[by];
    if (!name) continue;
    const topics = lists[by].find(place => place.name === name)?.topics ?? [];
    left = left.filter(finding => topics.includes(finding.topic));
  }
  return left;
}

export interface Cell {
  block: number; // first number of the IPv4 address
  count: number;
  networks: string[];
}

// IPv4's 256 blocks of a /8 that anything came from, and what came by IPv6.
export function mapOf(networks: readonly CountOf[]): { cells: Map<number, Cell>; six: CountOf[]; most: number } {
  const cells = new Map<number, Cell>();
  const six: CountOf[] = [];
  for (const network of networks) {
    if (network.name.includes(':')) {
      six.push(network);
      continue;
    }
    const block = Number(network.name.split('.', 1)[0]);
    const cell = cells.get(block) ?? { block, count: 0, networks: [] };
    cell.count += network.count;
    cell.networks.push(network.name);
    cells.set(block, cell);
  }
  return { cells, six, most: Math.max(1, ...[...cells.values()].map(cell => cell.count)) };
}

// 1 to 5, by orders of magnitude: one scanner must not make all others pale.
export function heatOf(count: number, most: number): number {
  if (most <= 1) return 5;
  return 1 + Math.round((4 * Math.log(count)) / Math.log(most));
}
