namespace CommandCenter.Web.Hosting;

/// <summary>Names the resources of the checks (<c>HealthText.resx</c> in Chinese, <c>HealthText.en.resx</c> in English).</summary>
public sealed class HealthText;
