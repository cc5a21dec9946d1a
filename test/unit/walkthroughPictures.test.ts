import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Step {
  readonly id: string;
  readonly media: { readonly svg: string; readonly altText: string };
}

const root = join(import.meta.dirname, '..', '..');
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  contributes: { walkthroughs: readonly { steps: readonly Step[] }[] };
};
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

describe('the pictures of the walkthrough', () => {
  for (const { id, media } of steps) {
    it(`are there, drawn in the colours of the theme, with words for those who do not see them: ${id}`, () => {
      const file = join(root, media.svg);
      assert.ok(existsSync(file), media.svg);
      const drawing = readFileSync(file, 'utf8');
      assert.match(drawing, /var\(--vscode-foreground,/);
      // VS Code shows them in a page that refuses styles, and leaves what they should have coloured invisible.
      assert.doesNotMatch(drawing, /<style|style=|class=|<script|href=/);
      assert.match(media.altText, /^%.+%$/);
    });
  }

  it('are all used', () => {
    const files = readdirSync(join(root, 'media', 'walkthrough')).map((name) => `media/walkthrough/${name}`);
    assert.deepEqual(files.toSorted(), steps.map(({ media }) => media.svg).toSorted());
  });
});
