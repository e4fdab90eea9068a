// Tabs whose choice lies in the address, so that a link opens the right one.
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useQueryState } from '../router/router';

export interface Tab {
  id: string;
  label: ReactNode;
  show: () => ReactNode;
}

export function QueryTabs({ tabs, label, name = 'tab' }: { tabs: Tab[]; label: string; name?: string }) {
  const [values, setValues] = useQueryState();
  const first = tabs[0]?.id ?? '';
  const current = tabs.some(tab => tab.id === values[name]) ? (values[name] ?? first) : first;
  return (
    <Tabs value={current} onChange={next => setValues({ [name]: next === first ? null : next })} keepMounted={false}>
      <Tabs.List aria-label={label} mb="md">
        {tabs.map(tab => (
          <Tabs.Tab key={tab.id} value={tab.id}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(tab => (
        <Tabs.Panel key={tab.id} value={tab.id}>
          {tab.id === current && tab.show()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
