using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;

namespace CommandCenter.Web.Shell;

/// <summary>The two languages of the pages: Chinese first, English second.</summary>
public static class Cultures
{
    public const string Default = "zh-CN";

    // "zh" catches every other Chinese a browser may ask for (zh-TW, zh-SG …) before a lower-ranked English is tried.
    private static readonly string[] Supported = [Default, "zh", "en"];

    /// <summary>Value of the <c>lang</c> attribute for the culture of this request.</summary>
    public static string Lang => IsEnglish ? "en" : Default;

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    internal static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(Default).AddSupportedCultures(Supported).AddSupportedUICultures(Supported);
        options.RequestCultureProviders =
        [
            new QueryStringRequestCultureProvider(),
            new CookieRequestCultureProvider(),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }
}

/// <summary>Keeps the language a person chose with <c>?culture=</c>, so that the next page and the circuit speak it too.</summary>
internal sealed class CultureCookie(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Query.ContainsKey("culture") && HttpMethods.IsGet(context.Request.Method)
            && !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
            && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && context.Features.Get<IRequestCultureFeature>() is { Provider: QueryStringRequestCultureProvider } chosen)
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(chosen.RequestCulture),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax });
        }

        return next(context);
    }
}
