import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

const markdown = new Marked({ gfm: true, async: false });

/** Text, lists, tables and links. No pictures (they would tell their host who reads), no styles, no ids, no forms. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'p',
    'br',
    'hr',
    'strong',
    'b',
    'em',
    'i',
    'del',
    's',
    'code',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'a',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], ol: ['start'] },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'nofollow noopener noreferrer' } }),
  },
};

/**
 * An organizer's Markdown as HTML that may be put into a page as it is. null: it nests so deeply that the renderer gives up,
 * which no text for people does.
 */
export const renderDescription = (text: string): string | null => {
  try {
    return sanitizeHtml(markdown.parse(text, { async: false }), allowed).trim();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};
