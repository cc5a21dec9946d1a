import type { Workbench } from './workbench.ts';

/** Gives a window the focus or takes it. The browser of the tests says of every page that it has it. */
export async function setFocus(window: Workbench, has: boolean): Promise<void> {
  await window.page.evaluate(
    `document.hasFocus = () => ${String(has)}; document.dispatchEvent(new Event('visibilitychange'))`,
  );
}
