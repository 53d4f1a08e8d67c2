/**
 * Whether 13 digits can be a corporate number (法人番号): the first is the check digit over the other twelve
 * (9 less the remainder by 9 of the digits weighted 1 and 2 from the right; ordinance on corporate numbers, article 2).
 */
export function hasCorporateCheckDigit(number: string): boolean {
  if (!/^[1-9][0-9]{12}$/.test(number)) return false;
  let sum = 0;
  for (let place = 1; place <= 12; place += 1) sum += Number(number.at(-place)) * (place % 2 === 1 ? 1 : 2);
  return Number(number[0]) === 9 - (sum % 9);
}
