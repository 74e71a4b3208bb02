namespace CommandCenter.Web.Admin;

/// <summary>Names the resources of the page of API keys (<c>KeysText.resx</c> in Chinese, <c>KeysText.en.resx</c> in English).</summary>
public sealed class KeysText;
