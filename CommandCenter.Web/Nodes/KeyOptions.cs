using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Nodes;

/// <summary>Section <c>Keys</c>: how the keys of cookies and forms lie in the database.</summary>
public sealed class KeyOptions : ICheckedOptions
{
    public const string Section = "Keys";

    /// <summary>A PKCS#12 file with its private key, the same on all nodes, that encrypts the keys; empty: they lie there in plain text.</summary>
    public string CertificateFile { get; set; } = "";

    public string CertificatePassword { get; set; } = "";

    /// <exception cref="CryptographicException">The file is no PKCS#12, or the password is wrong.</exception>
    internal X509Certificate2? Certificate() =>
        CertificateFile.Length == 0 ? null : X509CertificateLoader.LoadPkcs12FromFile(CertificateFile, CertificatePassword);

    public IEnumerable<string> Problems()
    {
        if (CertificateFile.Length == 0)
        {
            return [];
        }

        try
        {
            using var certificate = Certificate()!;
            return certificate is { HasPrivateKey: true } && certificate.GetRSAPublicKey() is not null
                ? []
                : [$"Keys:CertificateFile {CertificateFile} has no private RSA key; it must be a PKCS#12 file (.pfx) with one."];
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return [$"Keys:CertificateFile {CertificateFile} can't be read: {e.Message} It must be a PKCS#12 file (.pfx) that Keys:CertificatePassword opens."];
        }
    }
}
