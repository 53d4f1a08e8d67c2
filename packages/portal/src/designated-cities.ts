/**
 * The twenty cities with wards (政令指定都市, 地方自治法 252条の19) by 全国地方公共団体コード without check digit. A ward's code follows its city's; post
 * codes lead to the ward, but the city is who receives applications.
 */
const cities = [
  ...['01100', '04100', '11100', '12100', '14100', '14130', '14150', '15100', '22100', '22130'],
  ...['23100', '26100', '27100', '27140', '28100', '33100', '34100', '40100', '40130', '43100'],
];

/** The city of a ward; any other municipality is its own. */
export function cityOf(municipality: string): string {
  if (municipality[2] !== '1') return municipality;
  const prefecture = municipality.slice(0, 2);
  return cities.findLast((city) => city.startsWith(prefecture) && city <= municipality) ?? municipality;
}
