/** The cell that a finding names, drawn where it stands in its sheet. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type CellPlace, cellPlace, columnName, span } from './sheet-cells';

export interface SheetViewProps {
  readonly cell: string;
  readonly sheet: string | undefined;
  readonly content: string | undefined;
}

export function SheetView({ cell, sheet, content }: SheetViewProps): ReactNode {
  const { t } = useTranslation('findings');
  const place = cellPlace(cell);
  if (!place) return null;
  const columns = span(place.column, 3);
  return (
    <figure className="sheet-view">
      <div className="sheet-scroll" role="region" aria-label={t('markedCell', { cell })} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map((column) => (
                <th key={column} scope="col">
                  {columnName(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {span(place.row, 3).map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map((column) => (
                  <SheetCell key={column} here={isAt(place, column, row)} content={content} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className="dim">
        {sheet !== undefined && <span className="sheet-tab">{t('sheet', { sheet })}</span>} {t('onlyCell')}
      </figcaption>
    </figure>
  );
}

function SheetCell({ here, content }: { readonly here: boolean; readonly content: string | undefined }): ReactNode {
  return here ? (
    <td className="sheet-hit">
      <mark>{content ?? ''}</mark>
    </td>
  ) : (
    <td className="sheet-elsewhere" />
  );
}

function isAt(place: CellPlace, column: number, row: number): boolean {
  return place.column === column && place.row === row;
}
