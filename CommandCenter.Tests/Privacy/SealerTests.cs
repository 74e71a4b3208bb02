using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;

namespace CommandCenter.Tests.Privacy;

public sealed class SealerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("commandcenter-keys-").FullName;
    private readonly KeyRing _ring;

    public SealerTests()
    {
        _ring = new KeyRing(File);
        _ring.ReadOrMake(DateTime.UnixEpoch);
    }

    private string File => Path.Combine(_folder, "privacy.keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("张三丰")]
    [InlineData("云溪县城关镇幸福路 12 号 🏠")]
    public void What_was_sealed_opens_in_its_own_place_only(string text)
    {
        var value = Sealer.Seal(_ring.Keys.Current, SealedColumn.ReporterName, 7, text)!;

        Open(SealedColumn.ReporterName, 7, value).ShouldBe((SealState.Opened, text));
        Open(SealedColumn.ReporterName, 8, value).ShouldBe((SealState.Broken, null), "Moved to another row.");
        Open(SealedColumn.Address, 7, value).ShouldBe((SealState.Broken, null), "Moved to another column.");
    }

    [Fact]
    public void A_value_of_which_one_bit_was_changed_does_not_open()
    {
        var value = Sealer.Seal(_ring.Keys.Current, SealedColumn.Address, 1, "幸福路 12 号")!;
        for (var bit = 0; bit < value.Length * 8; bit++)
        {
            var changed = (byte[])value.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Open(SealedColumn.Address, 1, changed).State.ShouldNotBe(SealState.Opened, $"bit {bit}");
        }

        for (var length = 0; length < value.Length; length++)
        {
            Open(SealedColumn.Address, 1, value[..length]).State.ShouldNotBe(SealState.Opened, $"{length} bytes");
        }
    }

    [Fact]
    public void The_same_text_is_sealed_otherwise_each_time_on_every_thread()
    {
        var values = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 20_000, i => values.Add(Convert.ToHexString(Sealer.Seal(_ring.Keys.Current, SealedColumn.ReporterPhone, 1, "13800000000")!, 5, 12)));
        values.Distinct().Count().ShouldBe(20_000);
    }

    [Fact]
    public void A_program_that_runs_reads_what_was_sealed_with_a_key_added_since()
    {
        var elsewhere = new KeyRing(File);
        var old = Sealer.Seal(_ring.Keys.Current, SealedColumn.Address, 1, "旧")!;
        KeyFile.Add(File, DateTime.UnixEpoch);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddSeconds(1));
        var value = Sealer.Seal(elsewhere.Keys.Current, SealedColumn.Address, 1, "新")!;

        Sealer.KeyId(value).ShouldNotBe(Sealer.KeyId(old));
        Open(SealedColumn.Address, 1, value).ShouldBe((SealState.Opened, "新"));
        Open(SealedColumn.Address, 1, old).ShouldBe((SealState.Opened, "旧"));
    }

    [Fact]
    public void A_value_whose_key_is_nowhere_says_so()
    {
        var value = Sealer.Seal(new SealKey(1, new byte[32]), SealedColumn.Address, 1, "某处")!;
        Open(SealedColumn.Address, 1, value).ShouldBe((SealState.KeyMissing, null));
    }

    [Fact]
    public void A_key_file_is_its_owners_alone_and_one_that_is_not_is_refused_with_what_to_do()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights.");
            return;
        }

        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var refusal = Should.Throw<StoreUnavailableException>(() => new KeyRing(File).Keys);

        refusal.Fault.ShouldBe(StoreFault.Misconfigured);
        refusal.Message.ShouldContain("chmod 600");
    }

    [Theory]
    [InlineData("")]
    [InlineData("seal 1 2026-01-01 short")]
    [InlineData("lock 00000001 2026-01-01 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("seal 00000001 2026-01-01 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_file_that_is_no_key_file_is_refused_and_its_secrets_are_not_repeated(string text)
    {
        System.IO.File.WriteAllText(File, text);
        var refusal = Should.Throw<StoreUnavailableException>(() => new KeyRing(File).Keys);
        refusal.Message.ShouldContain("Put back the copy");
        refusal.Message.ShouldNotContain("AAAA");
    }

    [Theory]
    [InlineData("13800000000", "+86 138-0000-0000")]
    [InlineData("13800000000", "8613800000000")]
    [InlineData("13800000000", "１３８００００００００")]
    [InlineData("05718888", "0571-8888")]
    public void A_phone_is_found_however_it_is_written(string one, string other) =>
        PersonHash.Phone(_ring.Keys.Hash, one).ShouldBe(PersonHash.Phone(_ring.Keys.Hash, other));

    [Fact]
    public void Names_and_identity_numbers_are_found_in_one_form_and_kinds_do_not_meet()
    {
        var key = _ring.Keys.Hash;
        PersonHash.Name(key, " 张三丰　").ShouldBe(PersonHash.Name(key, "张三丰"));
        PersonHash.Name(key, "Ａｎｎａ").ShouldBe(PersonHash.Name(key, "Anna"));
        PersonHash.IdNumber(key, "33010619800101123x").ShouldBe(PersonHash.IdNumber(key, "33010619800101123X"));
        PersonHash.Name(key, "138").ShouldNotBe(PersonHash.Phone(key, "138"));
        PersonHash.Phone(key, "138").ShouldNotBe(PersonHash.IdNumber(key, "138"));
        PersonHash.Phone(key, "+-").ShouldBeNull();
        PersonHash.Name(key, "张三丰")!.Length.ShouldBe(PersonHash.Bytes);
    }

    [Theory]
    [InlineData("11010519491231002X", true)]
    [InlineData("11010519491231002x", true)]
    [InlineData("110105194912310021", false)]
    [InlineData("11010519491331002X", false)]
    [InlineData("110105491231002", true)]
    [InlineData("110105491331002", false)]
    [InlineData("1101054912310", false)]
    [InlineData("１１0105194912310021", false)]
    public void Identity_numbers_are_told_from_others(string number, bool isOne) => IdNumber.IsValid(number).ShouldBe(isOne);

    private (SealState State, string? Text) Open(SealedColumn column, long row, byte[] value)
    {
        var state = Sealer.Open(_ring, column, row, value, out var text);
        return (state, text);
    }
}
