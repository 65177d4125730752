import { createRoot } from 'react-dom/client';
import { App } from './app';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import './ui/parts.css';
import './shell/shell.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
