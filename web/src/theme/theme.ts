// The look: petrol as the one accent, slate neutrals, IBM Plex, small steps. Every pair of text and ground that is
// used reaches 4.5:1 (tests/theme.test.ts computes it).
import {
  Badge,
  Button,
  type CSSVariablesResolver,
  Card,
  type MantineColorsTuple,
  Modal,
  Notification,
  Table,
  Tooltip,
  type VariantColorsResolver,
  createTheme,
  defaultVariantColorsResolver,
} from '@mantine/core';
import { common } from '../i18n/common';
import { textsNow } from '../i18n/texts';

export const petrol: MantineColorsTuple = [
  '#e9f6f8', '#d2e9ee', '#a4d3dc', '#72bbc9', '#4aa5b6', '#2f8fa2', '#1a7c90', '#0e6c80', '#0a5868', '#064552',
];
// Mantine takes gray for lines and dimmed text in light, dark for the grounds in dark.
export const gray: MantineColorsTuple = [
  '#f6f8f9', '#eef1f3', '#e2e7ea', '#d3dade', '#b9c3c9', '#8a979f', '#586771', '#46535c', '#323c44', '#1c2328',
];
export const red: MantineColorsTuple = [
  '#fdeae8', '#fbd3cf', '#f5a9a2', '#ee7d73', '#e65d51', '#d94436', '#c8372b', '#b3261e', '#94201a', '#731914',
];
export const dark: MantineColorsTuple = [
  '#d9e0e4', '#b9c4ca', '#9aa8b0', '#6d7c85', '#34404a', '#28323a', '#1d252c', '#151b20', '#10151a', '#0b0f13',
];

// The crosses of dialogs and notices have no text to be read.
const closeButtonProps = { 'aria-label': textsNow(common).close };

// What a form says is wrong, in the colours that theme.css has for it.
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-error': 'var(--bad)' },
  dark: { '--mantine-color-error': 'var(--bad)' },
});

// What warns, fails or is well has the same colours in alerts and badges as in theme.css.
const tones: Record<string, string> = { yellow: 'warn', red: 'bad', green: 'good', gray: 'note' };

const variantColorResolver: VariantColorsResolver = input => {
  const usual = defaultVariantColorsResolver(input);
  const tone = tones[input.color ?? ''];
  if (tone === undefined || input.variant !== 'light') return usual;
  return { ...usual, background: `var(--${tone}-soft)`, color: `var(--${tone})` };
};

export const theme = createTheme({
  variantColorResolver,
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 7 },
  colors: { petrol, gray, red, dark },
  black: '#1c2328',
  fontFamily: '"IBM Plex Sans Variable", system-ui, -apple-system, "Segoe UI", sans-serif',
  fontFamilyMonospace: '"IBM Plex Mono", ui-monospace, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: 'md', radius: 'md' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: 'md', closeButtonProps } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300 } }),
  },
});
