import type { Ratings } from '../../api/types';

// Proved by a visit, or expected of what is known of the model: devices by stars, the best first.
export function ratingCounts(ratings: Pick<Ratings, 'proved' | 'expected'>): { stars: number; count: number }[] {
  return ([5, 4, 3, 2, 1] as const).map(stars => ({ stars, count: ratings.proved[stars] + ratings.expected[stars] }));
}
