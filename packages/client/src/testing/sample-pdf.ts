/** A PDF of one page with a line of text, and where asked an empty field for a signature. */
export function samplePdf(options: { field?: string } = {}): Buffer {
  const text = 'BT /F1 24 Tf 72 720 Td (Articles of incorporation) Tj ET';
  const form = options.field === undefined ? '' : ' /AcroForm <</Fields [6 0 R]>>';
  const page = '/MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>';
  const objects = [
    `<</Type /Catalog /Pages 2 0 R${form}>>`,
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Parent 2 0 R ${page}${options.field === undefined ? '' : ' /Annots [6 0 R]'}>>`,
    `<</Length ${text.length}>>\nstream\n${text}\nendstream`,
    '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    `<</Type /Annot /Subtype /Widget /FT /Sig /T (${options.field}) /Rect [72 500 300 560] /F 4 /P 3 0 R>>`,
  ].slice(0, options.field === undefined ? 5 : 6);
  let file = '%PDF-1.7\n';
  const lines = objects.map((body, index) => {
    const line = `${String(file.length).padStart(10, '0')} 00000 n \n`;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return line;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${lines.join('')}`;
  return Buffer.from(
    `${file}${table}trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}
