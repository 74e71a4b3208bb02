namespace CommandCenter.Data.Privacy;

/// <summary>Finds phone and identity numbers in text, and puts asterisks for all but their first three and last four
/// characters; of numbers shorter than ten, two and two.</summary>
internal static class NumberMasker
{
    // Longer texts are masked on the heap.
    private const int LongestOnStack = 512;

    private static readonly string[] PhoneWords = ["电话", "座机", "手机", "号码", "热线", "致电", "联系方式", "tel", "Tel", "TEL"];

    /// <returns>The same string where there is nothing to mask.</returns>
    public static string Mask(string text)
    {
        var isShort = text.Length <= LongestOnStack;
        var digits = isShort ? stackalloc char[text.Length] : new char[text.Length];
        var places = isShort ? stackalloc int[text.Length] : new int[text.Length];
        char[]? masked = null;
        for (var at = 0; at < text.Length;)
        {
            if (Digit(text[at]) == 0)
            {
                at++;
                continue;
            }

            var count = ReadRun(text, ref at, digits, places);
            for (var i = 0; i < count;)
            {
                var length = Find(text, digits[..count], places[..count], i);
                if (length == 0)
                {
                    i++;
                    continue;
                }

                masked ??= text.ToCharArray();
                var (head, tail) = length < 10 ? (2, 2) : (3, 4);
                foreach (var place in places[(i + head)..(i + length - tail)])
                {
                    masked[place] = '*';
                }

                i += length;
            }
        }

        return masked is null ? text : new string(masked);
    }

    /// <summary>Reads digits with at most one separator between two of them, or a bracket and one.</summary>
    private static int ReadRun(string text, ref int at, Span<char> digits, Span<int> places)
    {
        var count = 0;
        while (at < text.Length)
        {
            var digit = Digit(text[at]);
            if (digit != 0 || (count >= 17 && text[at] is 'x' or 'X' or 'ｘ' or 'Ｘ'))
            {
                digits[count] = digit == 0 ? 'X' : digit;
                places[count++] = at++;
                if (digit == 0)
                {
                    // Nothing goes on behind the check digit of an identity number.
                    break;
                }

                continue;
            }

            var next = at;
            while (next < text.Length && next < at + 3 && IsSeparator(text[next]))
            {
                next++;
            }

            if (next == at || next == text.Length || (Digit(text[next]) == 0 && !(count >= 17 && text[next] is 'x' or 'X' or 'ｘ' or 'Ｘ')))
            {
                at = next == at ? at + 1 : next;
                break;
            }

            at = next;
        }

        return count;
    }

    /// <returns>How many digits from here on are a number to mask; 0 for none.</returns>
    private static int Find(string text, ReadOnlySpan<char> digits, ReadOnlySpan<int> places, int from)
    {
        foreach (var length in (ReadOnlySpan<int>)[18, 15, 11])
        {
            if (from + length <= digits.Length && IsKind(digits.Slice(from, length)) && StandsApart(digits, places, from, length))
            {
                return length;
            }
        }

        return Landline(text, digits, places, from);
    }

    private static bool IsKind(ReadOnlySpan<char> number) => number.Length switch
    {
        18 => !number[..17].Contains('X') && number[0] != '0' && IsDay(number[10..14]) && number[6..8] is "18" or "19" or "20",

        // Grid codes have 15 digits too; theirs begin, after the county, with a town below 400.
        15 => !number.Contains('X') && number[0] != '0' && number[6] >= '4' && IsDay(number[8..12]),
        11 => !number.Contains('X') && number[0] == '1' && number[1] >= '3',
        _ => false,
    };

    // An unbroken number counts wherever it stands, also within a longer one; one with separators in it only as whole groups, so
    // that the ends of two figures are not taken for one number. The country's code may stand before it.
    private static bool StandsApart(ReadOnlySpan<char> digits, ReadOnlySpan<int> places, int from, int length)
    {
        var last = from + length - 1;
        if (places[last] - places[from] == length - 1)
        {
            return true;
        }

        var endsGroup = last + 1 == places.Length || digits[last + 1] == 'X' || places[last + 1] > places[last] + 1;
        var start = from;
        while (start > 0 && places[start - 1] == places[start] - 1)
        {
            start--;
        }

        return endsGroup && from - start is 0 or 2 or 4;
    }

    private static int Landline(string text, ReadOnlySpan<char> digits, ReadOnlySpan<int> places, int from)
    {
        if (from > 0 && places[from - 1] == places[from] - 1)
        {
            return 0;
        }

        var group = GroupEnd(places, from);
        if (digits[from] == '0' && from + 1 < digits.Length && digits[from + 1] is >= '1' and <= '9')
        {
            if (group - from is >= 10 and <= 12)
            {
                return group - from;
            }

            if (group - from is 3 or 4 && group < digits.Length)
            {
                var number = WholeNumber(places, group);
                return number > 0 ? group - from + number : 0;
            }
        }

        return digits[from] is >= '2' and <= '8' && FollowsPhoneWord(text.AsSpan(0, places[from])) ? WholeNumber(places, from) : 0;
    }

    // Seven or eight digits, in one group or two.
    private static int WholeNumber(ReadOnlySpan<int> places, int from)
    {
        var end = GroupEnd(places, from);
        if (end - from is 3 or 4 && end < places.Length)
        {
            end = GroupEnd(places, end);
        }

        return end - from is 7 or 8 ? end - from : 0;
    }

    private static int GroupEnd(ReadOnlySpan<int> places, int from)
    {
        var end = from + 1;
        while (end < places.Length && places[end] == places[end - 1] + 1)
        {
            end++;
        }

        return end;
    }

    private static bool FollowsPhoneWord(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd("：: 　是为（(-");
        foreach (var word in PhoneWords)
        {
            if (before.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Month and day as they may be; a 31st of February is a slip, and an identity number all the same.
    private static bool IsDay(ReadOnlySpan<char> monthAndDay) =>
        Value(monthAndDay[..2]) is >= 1 and <= 12 && Value(monthAndDay[2..]) is >= 1 and <= 31;

    private static int Value(ReadOnlySpan<char> two) => ((two[0] - '0') * 10) + two[1] - '0';

    // As ASCII; '\0' for what is none.
    private static char Digit(char c) => c is >= '0' and <= '9' ? c : c is >= '０' and <= '９' ? (char)(c - '０' + '0') : '\0';

    private static bool IsSeparator(char c) => c is ' ' or '-' or '.' or '·' or '\u00A0' or '\u3000' or '－' or '—' or '–' or '‐' or '_' or '(' or ')' or '（' or '）';
}
