/** Lines of a file with the place of a finding marked. */
import { type ReactNode } from 'react';
import { type MarkedLine } from './marked-lines';

export function CodeView({ lines, label }: { readonly lines: readonly MarkedLine[]; readonly label: string }): ReactNode {
  return (
    <div className="code-view" role="region" aria-label={label} tabIndex={0}>
      <table>
        <tbody>
          {lines.map(({ number, before, marked, after }) => (
            <tr key={number} className={marked === '' ? undefined : 'code-hit'}>
              <td className="code-number" aria-hidden="true">
                {number}
              </td>
              <td className="code-text">
                {before}
                {marked !== '' && <mark>{marked}</mark>}
                {after}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
