/** Texts of strangers, made harmless for the format that shows them. */

/** For XML and HTML, in text and in quoted attributes. */
export function escapeXml(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\r', '&#13;');
}

/** What XML 1.0 cannot hold becomes U+FFFD: control characters, lone surrogates. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- exactly the characters that XML 1.0 forbids
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

/** An apostrophe before what a spreadsheet program would run, also behind spaces, in full width, or after a control character. */
export function neutralizeFormula(text: string): string {
  return /^[\s\ufeff\ufffd]*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/** A path of a package as a relative URI reference: every character outside the unreserved ones percent-encoded, `/` kept. */
export function pathToUri(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
