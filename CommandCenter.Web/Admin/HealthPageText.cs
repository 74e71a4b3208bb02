namespace CommandCenter.Web.Admin;

/// <summary>Names the resources of the health page (<c>HealthPageText.resx</c> in Chinese, <c>HealthPageText.en.resx</c> in English).</summary>
public sealed class HealthPageText;
