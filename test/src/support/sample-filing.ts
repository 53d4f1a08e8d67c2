/** Fills in any procedure's form in the browser with sample answers, step by step, and files it. */
import { demoProcedures, type Level, loadProcedures } from '@madoguchi/agency';
import type { ProcedureDefinition } from '@madoguchi/procedure';
import type { Page } from 'playwright-core';
import { samplePaper } from './sample-files.js';

interface Samples {
  sampleAnswers(definition: ProcedureDefinition, change?: Record<string, string>): Record<string, string>;
  sampleFiles(
    definition: ProcedureDefinition,
    answers: Record<string, string>,
  ): { rule: { id: string }; claimed: { name: string } }[];
}

const samples = (await import(
  new URL('../../../packages/agency/dist/testing/sample-answers.js', import.meta.url).href
)) as Samples;

export function definitionsOf(level: Level): ProcedureDefinition[] {
  return loadProcedures(demoProcedures(level)).map(({ definition }) => definition);
}

async function answer(page: Page, name: string, value: string): Promise<void> {
  const control = page.locator(`main [name="${name}"]`);
  if ((await control.count()) === 0) return;
  const first = control.first();
  const kind = await first.evaluate((element: { localName: string; type: string }) =>
    element.localName === 'input' ? element.type : element.localName,
  );
  if (kind === 'radio' || kind === 'checkbox') {
    const option = page.locator(`main [name="${name}"][value="${value}"]`);
    if (await option.isVisible()) await option.check();
  } else if (await first.isVisible()) {
    if (kind === 'select') await first.selectOption(value);
    else if (kind !== 'hidden') await first.fill(value);
  }
}

/** Every step is filled in and handed to `at`; ends on the last one, before 署名へ進む. `change`: answers other than the samples. */
export async function fillSample(
  page: Page,
  definition: ProcedureDefinition,
  at: (step: number) => Promise<void>,
  change: Record<string, string> = {},
): Promise<void> {
  const answers = samples.sampleAnswers(definition, change);
  const files = samples.sampleFiles(definition, answers);
  for (let step = 1; ; step += 1) {
    await page.waitForLoadState();
    for (const [name, value] of Object.entries(answers)) await answer(page, name, value);
    for (const { rule, claimed } of files) {
      const control = page.locator(`main input[type=file][name="${rule.id}"]`);
      if ((await control.count()) > 0)
        await control.setInputFiles({
          name: claimed.name,
          mimeType: 'application/pdf',
          buffer: samplePaper(),
        });
    }
    await at(step);
    if (await page.getByRole('button', { name: '署名へ進む' }).isVisible()) return;
    await page.getByRole('button', { name: '次へ' }).click();
    await page.waitForURL(/./);
    await page.waitForTimeout(200);
  }
}
