import type { Page } from 'playwright-core';

/** A view, and how a person gets there from a page that is open with the select tool. */
export interface View {
  readonly name: string;
  /** Name of the page it shows; the first sample when absent. */
  readonly page?: string;
  readonly show: (page: Page) => Promise<void>;
  /** Puts back what Escape does not. */
  readonly leave?: (page: Page) => Promise<void>;
}

/** Takes a tool by its key, and waits until the page is open for it. */
export async function takeTool(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.edit[data-phase=open]').waitFor();
  await page.waitForTimeout(700);
}

/** Screen point of a place of the page view, given in shares of it. */
export async function placeOf(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = (await page.locator('.surface').boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height];
}

/** Zooms in on a place of the page view, and leaves the pointer there. */
export async function zoom(page: Page, x: number, y: number, notches: number): Promise<[number, number]> {
  const at = await placeOf(page, x, y);
  await page.mouse.move(...at);
  for (let i = 0; i < notches; i++) await page.mouse.wheel(0, -240);
  await page.waitForTimeout(700);
  return at;
}

/** Opens the comparison of a key once more and leaves it laid over each other, as the other views expect it. */
export async function layOver(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Over each other', exact: true }).click();
  for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
}

/** Chooses a theme by its name in the menu. */
export async function chooseTheme(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Theme', exact: true }).click();
  await page.getByText(title, { exact: true }).click();
}
