// "Firefox on Linux": enough to know one's own again.
export function browserName(agent: string): string {
  const browser = (['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'] as const).find(name => agent.includes(name));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac', 'Linux'].find(name => agent.includes(name));
  const nice: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', Mac: 'macOS' };
  const parts = [browser, system].filter(name => name !== undefined).map(name => nice[name] ?? name);
  return parts.length > 0 ? parts.join(', ') : agent.slice(0, 40);
}
