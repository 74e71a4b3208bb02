using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace CommandCenter.Data.Storage;

/// <summary>What SQL Server or its client reported.</summary>
/// <param name="Number">As in <c>sys.messages</c>; the client's own are negative, those of the network layer small.</param>
/// <param name="Severity">From 20 on the connection is gone.</param>
internal readonly record struct ServerError(int Number, byte Severity, string Text);

/// <summary>Says of SQL Server's errors what they mean for the program and what a person does about them.</summary>
/// <param name="server">As the connection string names it.</param>
/// <param name="login">Account in the connection string, or the one the program runs as.</param>
internal sealed partial class SqlServerFaults(string server, string database, string login)
{
    private const string Kept = "Nothing of this request was kept.";

    private static readonly HashSet<int> Transient =
        [701, 802, 1205, 1222, 3960, 8645, 8651, 10928, 10929, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920];

    private static readonly HashSet<int> Network =
        [-1, 2, 20, 26, 40, 53, 64, 121, 233, 258, 1225, 10051, 10053, 10054, 10060, 10061, 10065, 11001, 17142, 17143, 17809, 17197];

    private string Where => $"SQL Server {server}";

    private string Database => SqlServerName.Quote(database);

    private string Login => SqlServerName.Quote(login);

    public static bool IsTransient(ServerError error) => Transient.Contains(error.Number);

    /// <summary>The line broke under a statement; a statement that took too long (-2) is not that.</summary>
    public static bool IsLineLost(ServerError error) => error.Number != -2 && (error.Severity >= 20 || Network.Contains(error.Number));

    public static bool LeavesOutcomeUnknown(ServerError error) => error.Number == -2 || IsLineLost(error);

    public StoreUnavailableException? Describe(ServerError error, Exception cause) =>
        Meaning(error, cause) is var (fault, message) ? new StoreUnavailableException(fault, message, cause) : null;

    private (StoreFault Fault, string Message)? Meaning(ServerError error, Exception cause) => error.Number switch
    {
        1105 or 9002 or 1101 => (StoreFault.Full, $"The database {Database} or its log has no room left. {Kept} Make room and send it again."),
        823 or 824 or 825 or 832 => (StoreFault.Corrupt, $"SQL Server reports damaged pages in {Database}. Run DBCC CHECKDB and restore from a backup."),
        3906 or 3961 => (StoreFault.ReadOnly, $"The database {Database} is read-only. {Kept} Make it writable, or connect to the primary (the availability group's listener)."),
        1222 => (StoreFault.Locked, $"The database is locked by another session. {Kept} Send it again."),
        3908 or 926 or 945 => (StoreFault.Corrupt, $"The database {Database} is suspect or in emergency state (error {error.Number}). See the server's error log, run DBCC CHECKDB, restore from a backup."),
        942 => (StoreFault.Away, Offline),
        927 => (StoreFault.Away, Restoring),
        921 or 922 or 952 or 40613 => (StoreFault.Away, $"The database {Database} is being recovered or changes its state. Nothing needs doing: it opens by itself, and the program goes on then."),
        924 => (StoreFault.Away, $"The database {Database} is in single-user mode and somebody else is in it. Let an administrator run ALTER DATABASE {Database} SET MULTI_USER."),
        976 or 978 or 979 or 983 => (StoreFault.ReadOnly, $"The database {Database} on {server} is a secondary of an availability group that does not serve this connection (error {error.Number}). Connect to the group's listener."),
        18456 or 18452 or 18470 or 18486 or 18487 or 18488 => (StoreFault.Misconfigured, $"{Where} refused the login {login} (error {error.Number}): {LoginReason(error.Number)} Correct ConnectionStrings:CommandCenter; the server's error log names the exact reason at this time."),
        916 => (StoreFault.NotAllowed, NoUser),
        229 or 230 or 262 or 297 or 300 or 2760 or 15247 => (StoreFault.NotAllowed, MissingRight(error)),
        4060 or 911 => (StoreFault.Away, $"{Where} can't open the database {Database} for {login}: it does not exist, is offline or being restored, or the login may not enter it."),
        -2 => (StoreFault.Away, $"{Where} did not answer in time. Look for blocking sessions, load and the network between."),
        _ when CertificateProblem(cause) is { } problem => (StoreFault.Misconfigured, problem),
        _ when IsLineLost(error) => (StoreFault.Away, Unreachable(error, cause)),
        _ => null,
    };

    /// <summary>The state of a database that exists, as <c>sys.databases</c> tells it.</summary>
    /// <returns>Null for one that is online.</returns>
    public StoreUnavailableException? DescribeState(string state) => state switch
    {
        "ONLINE" => null,
        "OFFLINE" => new(StoreFault.Away, Offline),
        "RESTORING" => new(StoreFault.Away, Restoring),
        "RECOVERING" or "COPYING" => new(StoreFault.Away, $"The database {Database} is {state}. Nothing needs doing: it opens by itself, and the program goes on then."),
        _ => new(StoreFault.Corrupt, $"The database {Database} is {state}. See the server's error log; if its files are whole, ALTER DATABASE {Database} SET ONLINE, else restore from a backup."),
    };

    public string NoUser =>
        $"The login {login} may not enter the database {Database} on {server}. Let an administrator run: USE {Database}; CREATE USER {Login} FOR LOGIN {Login}; and the GRANTs of db/README.md.";

    private string Offline => $"The database {Database} is offline. Let an administrator run: ALTER DATABASE {Database} SET ONLINE";

    private string Restoring =>
        $"The database {Database} is being restored. When the last backup is in, an administrator runs: RESTORE DATABASE {Database} WITH RECOVERY. On a secondary of an availability group connect to the listener instead.";

    private static string LoginReason(int number) => number switch
    {
        18452 => "Windows authentication from an account that the server does not trust.",
        18470 => "it is disabled.",
        18486 => "it is locked.",
        18487 or 18488 => "its password has expired or must be changed.",
        _ => "the name or the password is wrong, or it is no login of this server.",
    };

    // The texts come in the language of the server; the right and the quoted names are the same in all of them, in this order.
    private string MissingRight(ServerError error)
    {
        var names = Quoted().Matches(error.Text).Select(m => m.Groups["name"].Value).ToList();
        var right = Right().Match(error.Text).Value;
        var grant = (error.Number, names) switch
        {
            (262, _) when right == "CREATE DATABASE" => $"GRANT CREATE ANY DATABASE TO {Login}",
            (262, [var db, ..]) => $"USE {SqlServerName.Quote(db)}; GRANT {right} TO {Login}",
            (229, [var thing, var db, var schema, ..]) => $"USE {SqlServerName.Quote(db)}; GRANT {right} ON {SqlServerName.Quote(schema)}.{SqlServerName.Quote(thing)} TO {Login}",
            (230, [_, var thing, var db, var schema, ..]) => $"USE {SqlServerName.Quote(db)}; GRANT {right} ON {SqlServerName.Quote(schema)}.{SqlServerName.Quote(thing)} TO {Login}",
            (2760, [var schema, ..]) => $"USE {Database}; GRANT ALTER ON SCHEMA::{SqlServerName.Quote(schema)} TO {Login}",
            _ => null,
        };
        return grant is null || (right.Length == 0 && error.Number != 2760)
            ? $"The login {login} lacks a right on {server} (error {error.Number}: {error.Text}). {Kept} Let an administrator give it what db/README.md lists."
            : $"The login {login} lacks {(right.Length == 0 ? "ALTER" : right)} (error {error.Number}). {Kept} Let an administrator run: {grant};";
    }

    private string? CertificateProblem(Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException or Win32Exception { NativeErrorCode: -2146893019 or -2146893022 or -2146762487 }
                || inner.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase))
            {
                return $"The certificate of {Where} is not trusted, or is made out for another name ({inner.Message}). Install the certificate of its authority on this machine and use "
                    + "the name in the certificate as Server=. Only in a network that nobody else can enter: TrustServerCertificate=true.";
            }

            if (inner.Message.Contains("does not support encryption", StringComparison.OrdinalIgnoreCase))
            {
                return $"{Where} does not encrypt, and the connection string asks for it. Give the server a certificate. Only in a network that nobody else can enter: Encrypt=false.";
            }
        }

        return null;
    }

    private string Unreachable(ServerError error, Exception cause)
    {
        var socket = cause;
        while (socket is not (null or SocketException))
        {
            socket = socket.InnerException;
        }

        var reason = (socket as SocketException)?.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "nobody knows a machine of that name; correct Server= or the DNS",
            SocketError.ConnectionRefused => "the machine is there and nothing listens at that port; start SQL Server, switch TCP/IP on for it, check the port",
            SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no answer from that machine; it may be off, or a firewall is between",
            _ => error.Number == 11001 ? "nobody knows a machine of that name; correct Server= or the DNS" : "the connection broke or could not be made; check Server=, that SQL Server runs with TCP/IP on, and what is between",
        };
        return $"{Where} can't be reached (error {error.Number}): {reason}. The program goes on by itself when it is back.";
    }

    [GeneratedRegex("""['"“”‘’](?<name>[^'"“”‘’]*)['"“”‘’]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Z]{3,}( [A-Z]{3,})*\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Right();
}
