// A page that throws takes only itself down.
import { Alert, Button, Code, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { common } from '../i18n/common';
import { textsNow } from '../i18n/texts';

interface Props {
  resetKey: string; // another page: another try
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error: Error | null; key: string }> {
  override state = { error: null as Error | null, key: this.props.resetKey };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: { error: Error | null; key: string }) {
    return props.resetKey === state.key ? null : { error: null, key: props.resetKey };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const t = textsNow(common);
    return (
      <Alert role="alert" color="red" title={t.crashTitle}>
        <Text>{t.crashFix}</Text>
        <Code block my="sm">
          {error.message}
        </Code>
        <Button size="xs" onClick={() => window.location.reload()}>
          {t.reload}
        </Button>
      </Alert>
    );
  }
}
