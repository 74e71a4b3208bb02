namespace CommandCenter.Web.Shell;

/// <summary>Names the resources of the shell (<c>ShellText.resx</c> in Chinese, <c>ShellText.en.resx</c> in English).</summary>
public sealed class ShellText;
