/** First days of the eras, newest first. The years before 明治 count on from its start. */
const eras = [
  { first: '2019-05-01', year: 2019 },
  { first: '1989-01-08', year: 1989 },
  { first: '1926-12-25', year: 1926 },
  { first: '1912-07-30', year: 1912 },
  { first: '0000-00-00', year: 1868 },
];

/** The birth key, six digits YYMMDD: YY in the years of the era (myna-card), or of the Gregorian year. `birthDate`: YYYY-MM-DD. */
export function birthKey(birthDate: string, digits: 'era' | 'gregorian'): string {
  const era = digits === 'era' ? eras.find((candidate) => birthDate >= candidate.first)?.year : 1;
  const year = Number(birthDate.slice(0, 4)) - (era ?? 1868) + 1;
  const yy = (((year % 100) + 100) % 100).toString().padStart(2, '0');
  return yy + birthDate.slice(5, 7) + birthDate.slice(8, 10);
}

/** Number B (照合番号B), 14 digits: birth key, expiry year, security code. */
export function numberB(
  birthDate: string,
  expiryYear: string,
  securityCode: string,
  digits: 'era' | 'gregorian' = 'era',
): string {
  return birthKey(birthDate, digits) + expiryYear + securityCode;
}
