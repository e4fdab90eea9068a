// MAC addresses: the API writes them as 12 small digits, people read pairs.
export function macPairs(mac: string): string {
  return (mac.match(/../g) ?? [mac]).join(':').toUpperCase();
}
