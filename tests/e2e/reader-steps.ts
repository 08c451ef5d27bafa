import type { Page } from 'playwright-core';

/** Says in the window who reads from now on. */
export async function sitAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Readers/ }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your name').press('Enter');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `Readers: ${name}` }).waitFor();
}

/** Turns the reading by two on. */
export async function readByTwo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Readers', exact: true }).click();
  await page.getByLabel('Two readers, blind').check();
  await page.getByRole('list', { name: 'Pages by stage' }).getByText('Needs first reader').waitFor();
}

/** Drags the line of a lead, told by its key, away from its ink, and lets go of the tool; the place in shares of the page view. */
export async function dragLead(page: Page, key: string, x: number, y: number): Promise<void> {
  await page.keyboard.press('p');
  await page.locator('.edit[data-phase=open]').waitFor();
  await page.keyboard.press(key);
  const box = (await page.locator('.surface').boundingBox())!;
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height - 30, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press('v');
}
