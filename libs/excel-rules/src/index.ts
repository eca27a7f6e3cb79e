/** Rules about scheduler workflow templates in Excel workbooks. */
export { checkWorkbook, type CheckedWorkbook, type WorkbookInput } from './check';
export { readWorkbook, type ReadWorkbook } from './hucre.workbook';
export { type ExcelRule } from './rule';
export { excelRules } from './rules';
export { workbookOf, type SheetSketch, type Sketch } from './sketch';
export { isRecognised, recogniseTemplate, type Recognised, type Recognition, type Table } from './template/recognise';
export { templates, type Template } from './template/templates';
export { unreadableWorkbook, unreadableWorkbookId } from './unreadable-workbook';
export { cellAddress, sheetOf, type CellValue, type Formula, type Merge, type Sheet, type Workbook } from './workbook';
