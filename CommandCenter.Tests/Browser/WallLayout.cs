namespace CommandCenter.Tests.Browser;

/// <summary>What a wall's layout must never have.</summary>
internal static class WallLayout
{
    /// <summary>A script that lists scroll bars, text below 1.5 % of the height, texts cut without an ellipsis, and parts that stick out of the screen.</summary>
    public const string Faults =
        """
        () => {
          const faults = [];
          const { innerWidth: width, innerHeight: height } = window;
          const root = document.scrollingElement;
          if (root.scrollWidth > width || root.scrollHeight > height) faults.push(`page ${root.scrollWidth}x${root.scrollHeight}`);
          for (const element of document.querySelectorAll('.wall *')) {
            const style = getComputedStyle(element);
            const box = element.getBoundingClientRect();
            if (box.width === 0 || style.display === 'none' || element.closest('svg') && element.tagName !== 'text') continue;
            if (['auto', 'scroll'].includes(style.overflowX) || ['auto', 'scroll'].includes(style.overflowY)) faults.push(`scrolls ${element.className}`);
            const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim().replace(/\u200b/g, ''));
            if (!own) continue;
            const scale = element.tagName === 'text' && element.ownerSVGElement.viewBox.baseVal?.width ? element.ownerSVGElement.getBoundingClientRect().width / element.ownerSVGElement.viewBox.baseVal.width : 1;
            if (parseFloat(style.fontSize) * scale < height * 0.0148) faults.push(`small ${parseFloat(style.fontSize) * scale} ${element.className.baseVal ?? element.className} ${element.textContent}`);
            if (element.closest('cc-map, .due li')) continue;
            if (box.right > width + 1 || box.bottom > height + 1 || box.left < -1 || box.top < -1) faults.push(`outside ${element.className} ${element.textContent}`);
            if (element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis') faults.push(`cut ${element.className} ${element.textContent}`);
          }
          return faults;
        }
        """;

    /// <summary>
    /// A script that lists texts in sight that end in an ellipsis although they are ours to word: names and reports may be longer than
    /// any room.
    /// </summary>
    public const string Shortened =
        """
        () => [...document.querySelectorAll('.scene *, .head *')]
          .filter(e => !e.closest('.due, cc-stream') && getComputedStyle(e).textOverflow === 'ellipsis' && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
          .map(e => `${e.className}: ${e.textContent}`)
        """;

    /// <summary>A script that lists every text of a wall but names and what was reported.</summary>
    public const string Texts =
        """
        () => {
          const data = '.towns th[scope=row], .safety th[scope=row], .holders th[scope=row], .source, .due .title, .due .place, cc-stream .title, cc-stream .place, cc-map .name, h1';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(data)) texts.push(walker.currentNode.textContent);
          for (const e of document.querySelectorAll('[aria-label]')) texts.push(e.getAttribute('aria-label'));
          return texts;
        }
        """;
}
