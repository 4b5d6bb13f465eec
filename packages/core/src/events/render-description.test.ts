import { describe, expect, it } from 'vitest';
import { renderDescription } from './render-description.ts';

describe('a description', () => {
  it('keeps headings, lists, tables, emphasis, code and links', () => {
    const html = renderDescription(
      '# Hi\n\n- **a**\n- _b_\n\n| x |\n|---|\n| 1 |\n\n`code` [site](https://example.org "t")',
    );
    for (const part of [
      '<h1>Hi</h1>',
      '<li><strong>a</strong></li>',
      '<em>b</em>',
      '<td>1</td>',
      '<code>code</code>',
    ])
      expect(html).toContain(part);
    expect(html).toContain(
      '<a href="https://example.org" title="t" rel="nofollow noopener noreferrer">site</a>',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
    '<img src=x onerror=alert(1)>',
    '![x](javascript:alert(1))',
    '![x](https://evil.example/track.png)',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    '[x](vbscript:msgbox(1))',
    '[x](//evil.example)',
    '<a href="https://ok.example" onclick="alert(1)" style="position:fixed" id="x" class="y" target="_top">x</a>',
    '<svg onload=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name=password></form>',
    '<style>*{background:url(https://evil.example)}</style>',
    '<base href="https://evil.example">',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
    '`<img src=x onerror=alert(1)>` <img src=x onerror=alert(1)//',
    '<<script>script>alert(1)<</script>/script>',
    '<a href="https://x.example" rel="opener">x</a>',
  ])('brings nothing active into a page: %s', (markdown) => {
    const html = renderDescription(markdown) ?? '';
    // What stands between angle brackets is all that a browser acts on; escaped text is harmless.
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).toMatch(
        /^<\/?(a|p|h[1-6]|br|strong|em|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|del|hr)\b[^<>]*>$/,
      );
      expect(tag).not.toMatch(/\son|style=|class=|\sid=|target=|javascript:|data:|vbscript:|"\/\/|opener"/i);
      if (tag.startsWith('<a '))
        expect(tag.includes('href') ? tag : 'rel="nofollow noopener noreferrer"').toContain(
          'rel="nofollow noopener noreferrer"',
        );
    }
  });

  it('that nests without end is refused, not crashed on', () => {
    expect(renderDescription('>'.repeat(20_000))).toBeNull();
  });
});
