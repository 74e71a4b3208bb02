namespace CommandCenter.Web.Privacy;

/// <summary>Names the texts of personal data (<c>PrivacyText.resx</c> in Chinese, <c>PrivacyText.en.resx</c> in English).</summary>
public sealed class PrivacyText;
