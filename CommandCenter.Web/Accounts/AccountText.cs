namespace CommandCenter.Web.Accounts;

/// <summary>Names the resources of signing in and of accounts (<c>AccountText.resx</c> in Chinese, <c>AccountText.en.resx</c> in English).</summary>
public sealed class AccountText;
