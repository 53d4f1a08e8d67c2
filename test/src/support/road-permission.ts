import type { Page } from 'playwright-core';

/** What the form of 道路占用許可申請 must have beside what a journey is about: the rest of 様式第五. */
export async function fillRoadPermission(page: Page): Promise<void> {
  await page.fill('[name=purpose]', '店の看板を出すため');
  await page.fill('[name=route]', '市道123号線');
  await page.fill('[name=area]', '1.2');
  await page.fill('[name=structure]', '鉄骨、高さ2.5m');
  await page.fill('[name=telephone]', '099-000-0000');
}
