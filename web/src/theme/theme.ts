import { createTheme, Modal, PasswordInput, Select, Textarea, TextInput, Tooltip, type CSSVariablesResolver } from '@mantine/core';

/* Mantine wants ten shades; the middle ones are the accent of tokens.css in its light and dark form. */
const teal = ['#e6f4f2', '#cfe9e5', '#a9d6d0', '#7fc2ba', '#5adccc', '#2bc4b2', '#14998c', '#0f766e', '#0b5f59', '#074a45'] as const;

/* Mantine's dark greys, from ink to canvas, in our slate. */
const dark = ['#e9eff1', '#b3c0c6', '#8e9da5', '#5d6c75', '#3b4a51', '#273238', '#1a2226', '#151c1f', '#11181b', '#0d1214'] as const;

const field = { labelProps: { className: 'field-label' }, size: 'sm', withAsterisk: false } as const;

export const theme = createTheme({
  colors: { teal, dark },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 5 },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1.125rem', xl: '1.25rem' },
  defaultRadius: 'md',
  radius: { sm: 'var(--r-s)', md: 'var(--r)', lg: 'var(--r-l)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    TextInput: TextInput.extend({ defaultProps: field }),
    PasswordInput: PasswordInput.extend({ defaultProps: field }),
    Select: Select.extend({ defaultProps: { ...field, comboboxProps: { transitionProps: { duration: 80 } } } }),
    Textarea: Textarea.extend({ defaultProps: field }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' }, radius: 'lg', transitionProps: { duration: 100 }, overlayProps: { backgroundOpacity: 0.4 } } }),
  },
});

/* Every Mantine surface, line and ink is a token of ours, so that a colour is written once. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-anchor': 'var(--teal)',
    '--mantine-shadow-md': 'var(--shadow)',
  },
  light: {},
  dark: {},
});
