// Settings as lines of name=value, and back as what the interface takes: changed names, and empty ones to remove.
export function linesOf(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('\n');
}

export function settingsChange(before: Record<string, string>, lines: string): { settings: Record<string, string> } | { bad: string } {
  const after: Record<string, string> = {};
  for (const line of lines.split('\n').map(one => one.trim())) {
    if (line === '') continue;
    const cut = line.indexOf('=');
    if (cut < 1) return { bad: line };
    after[line.slice(0, cut).trim()] = line.slice(cut + 1).trim();
  }
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(after)) if (before[name] !== value) settings[name] = value;
  for (const name of Object.keys(before)) if (!(name in after)) settings[name] = '';
  return { settings };
}
