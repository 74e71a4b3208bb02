namespace CommandCenter.Web.Admin;

/// <summary>Names the texts of the areas page (<c>AreasText.resx</c> in Chinese, <c>AreasText.en.resx</c> in English).</summary>
public sealed class AreasText;
