/** The shapes of states, drawn in the colour of the text around them. */
import { type ReactNode } from 'react';
import { type Shape } from './status-look';

const strokes: Readonly<Record<Exclude<Shape, 'dots' | 'half'>, string>> = {
  check: 'M4.7 8.3l2.2 2.2 4.4-4.7',
  cross: 'M5.5 5.5l5 5M10.5 5.5l-5 5',
  slash: 'M4.2 11.8l7.6-7.6',
  ring: '',
  dashes: '',
  question: 'M6.3 6.4a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.6-.9 1.2M8 11.3v.1',
  minus: 'M5 8h6',
  clock: 'M8 4.8V8l2.2 1.6',
  unplugged: 'M8 4.6v4M8 11.2v.1',
};

export function StatusIcon({ shape, size = 16 }: { readonly shape: Shape; readonly size?: number }): ReactNode {
  return (
    <svg
      className={`status-icon status-icon-${shape}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="6.9" strokeDasharray={shape === 'question' || shape === 'dashes' ? '2.4 2.2' : undefined} />
      {shape === 'half' && <path d="M8 1.1a6.9 6.9 0 0 1 0 13.8z" fill="currentColor" stroke="none" />}
      {shape === 'dots' && [4.9, 8, 11.1].map((x) => <circle key={x} cx={x} cy="8" r="0.9" fill="currentColor" stroke="none" />)}
      {shape !== 'half' && shape !== 'dots' && strokes[shape] !== '' && <path d={strokes[shape]} />}
    </svg>
  );
}
