/** Starts the console in the page that the gateway serves. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startAskingAgain } from './api/api';
import { ConsoleApp } from './shell/console-app';
import { startTexts } from './texts/i18n';
import { startTheme } from './theme/theme-choice';
import './theme/palette.css';
import './shell/frame.css';

const root = document.getElementById('root');
startTheme();
startAskingAgain();
await startTexts();
if (root)
  createRoot(root).render(
    <StrictMode>
      <ConsoleApp />
    </StrictMode>,
  );
