// Buttons that copy a text. Without HTTPS browsers have no clipboard for scripts: then the text is marked, for Ctrl+C.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const text = document.getElementById(button.dataset.copy);
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = button.dataset.done;
    } catch {
      if (document.execCommand('copy')) button.textContent = button.dataset.done; else text.focus();
    }
  });
}
