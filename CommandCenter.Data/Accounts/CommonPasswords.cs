namespace CommandCenter.Data.Accounts;

/// <summary>Passwords that are tried first: known words with digits or signs around them, rows of keys, one thing over and over.</summary>
internal static class CommonPasswords
{
    // What is left of most leaked passwords without the digits and signs around them.
    private static readonly HashSet<string> Words = new(
        """
        password passwort passwd pass admin administrator root user guest test tester testing demo welcome letmein login logon master system
        manager operator service server oracle default changeme secret private monkey dragon football baseball superman batman princess sunshine
        iloveyou loveyou lovely charlie michael jordan jennifer hunter shadow killer pokemon starwars computer internet google microsoft windows
        qwerty qwertyuiop asdfghjkl zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qwerasdf asdf zxcv asdfgh zxcvbn azerty qwe asd zxc qaz wsx abc
        abcd abcde abcdef abcdefg woaini woaiwojia aini nihao zhongguo beijing shanghai hangzhou zhejiang laopo laogong baobao xiaoming
        zhangsan lisi wangwu mima guanliyuan yonghu zhihui zhihuizhongxin zhili wangge gongan zhengfu command commandcenter center centre county
        government police huawei alibaba taobao tencent wechat weixin baidu aa aaa q w a p@ss qq wang zhang yang chen liu
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private static readonly string[] Rows = ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujm"];

    public static bool Has(string password)
    {
        var small = password.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();
        return small.Distinct().Count() < 5 || IsRun(small) || IsRepeat(small) || IsWord(small) || IsWord(Plain(small.TrimStart(Around).TrimEnd(Around)));
    }

    // "P@ssw0rd2024!" is "password".
    private static bool IsWord(string text)
    {
        var core = text.TrimStart(Around).TrimEnd(Around);
        return core.Length < 3 || Words.Contains(core) || core.Split(Around, StringSplitOptions.RemoveEmptyEntries).All(Words.Contains);
    }

    private static readonly char[] Around = [.. "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~！，。？"];

    private static string Plain(string text) =>
        text.Replace('@', 'a').Replace('4', 'a').Replace('0', 'o').Replace('1', 'i').Replace('!', 'i').Replace('3', 'e').Replace('5', 's').Replace('$', 's').Replace('7', 't');

    // Rows of keys and of the alphabet, forwards or backwards, one after another.
    private static bool IsRun(string text)
    {
        var pieces = 0;
        for (var at = 0; at < text.Length; pieces++)
        {
            var length = 1;
            while (at + length < text.Length && Rows.Any(row => Holds(row, text.Substring(at, length + 1))))
            {
                length++;
            }

            at += length;
        }

        return pieces <= Math.Max(1, text.Length / 4);
    }

    private static bool Holds(string row, string piece) =>
        row.Contains(piece, StringComparison.Ordinal) || row.Contains(new string([.. piece.Reverse()]), StringComparison.Ordinal);

    private static bool IsRepeat(string text) =>
        Enumerable.Range(1, text.Length / 2).Where(length => length <= 6).Any(length => Enumerable.Range(length, text.Length - length).All(i => text[i] == text[i - length]));
}
