namespace CommandCenter.Web.Access;

/// <summary>The token that a paired screen holds.</summary>
internal static class ScreenCookie
{
    private static readonly TimeSpan Years = TimeSpan.FromDays(3650);

    /// <summary>Gives it to the browser. Again and again, because browsers keep none longer than 400 days.</summary>
    public static void Give(HttpContext context, AccessOptions options, string token) =>
        context.Response.Cookies.Append(SubjectHandler.WallCookie, token, Kept(context, options, "/", Years));

    /// <summary>How our screens' cookies are kept: out of the reach of scripts and of other sites.</summary>
    public static CookieOptions Kept(HttpContext context, AccessOptions options, string path, TimeSpan life) => new()
    {
        Path = path,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = options.RequireHttps || context.Request.IsHttps,
        MaxAge = life,
        IsEssential = true,
    };
}
