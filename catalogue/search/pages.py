"""The pages of this site that stand for no record, as the search finds them."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.kernel.language import Bilingual

KIND = "page"


@dataclass(frozen=True)
class SitePage:
    """A page; `id` is its number in the index and never given to another, `words` are other names for it."""

    id: int
    code: str
    name: Bilingual
    summary: Bilingual
    words: tuple[str, ...]


PAGES = (
    SitePage(
        1,
        "flower-centre",
        Bilingual("Trung tâm Giao dịch hoa Đà Lạt", "Đà Lạt Flower Trading Centre"),
        Bilingual("Đang trong kế hoạch, chưa mở cửa.", "Planned, not open."),
        ("chợ hoa", "sàn hoa", "đấu giá hoa", "sàn giao dịch", "flower auction", "flower market", "exchange"),
    ),
    SitePage(
        2,
        "brand",
        Bilingual(
            "Nhãn hiệu “Đà Lạt – Kết tinh kỳ diệu từ đất lành”",
            "The mark “Đà Lạt – Kết tinh kỳ diệu từ đất lành”",
        ),
        Bilingual(
            "Nhãn hiệu chứng nhận cùng tên với trang này: bao gồm gì và ai cấp.",
            "The certification mark of the same name as this site: what it covers, and who grants it.",
        ),
        ("thương hiệu", "logo", "điểm bán", "brand", "trademark", "points of sale"),
    ),
    SitePage(
        3,
        "resolution",
        Bilingual(
            "Nghị quyết Phát triển công nghiệp và tiểu thủ công nghiệp",
            "Resolution on developing industry and handicraft",
        ),
        Bilingual(
            "Chỉ tiêu, nhiệm vụ và giải pháp của tỉnh, kèm nguồn.",
            "Targets, tasks and solutions of the province, with sources.",
        ),
        ("nghị quyết 13", "chính sách", "chỉ tiêu", "policy", "targets", "figures"),
    ),
    SitePage(
        4,
        "exporters",
        Bilingual("Nhà xuất khẩu", "Exporters"),
        Bilingual(
            "Những nhà sản xuất có nguồn nói rằng đã xuất khẩu.", "Makers that a source reports to export."
        ),
        ("xuất khẩu", "thị trường", "export markets", "abroad"),
    ),
    SitePage(
        5,
        "open-data",
        Bilingual("Dữ liệu mở", "Open data"),
        Bilingual(
            "Toàn bộ dữ liệu dạng CSV, JSON và GeoJSON, dùng tự do.",
            "All facts as CSV, JSON and GeoJSON, free to use.",
        ),
        ("tải dữ liệu", "bảng tính", "download", "spreadsheet", "CSV", "Excel", "API"),
    ),
    SitePage(
        6,
        "help",
        Bilingual("Trợ giúp", "Help"),
        Bilingual(
            "Cách tìm, các dấu hiệu nghĩa là gì, cách kiểm tra giấy chứng nhận.",
            "How to search, what the signs mean, how to check a certificate.",
        ),
        ("hướng dẫn", "cách dùng", "kiểm tra giấy chứng nhận", "how to", "guide", "check a certificate"),
    ),
    SitePage(
        7,
        "corrections",
        Bilingual("Sửa hoặc gỡ một mục", "Correct or remove a record"),
        Bilingual(
            "Báo điều sai, nhận cơ sở là của mình, hay xin gỡ một mục.",
            "Say what is wrong, that a business is yours, or that a record should go.",
        ),
        ("đính chính", "báo sai", "liên hệ", "góp ý", "contact", "report", "claim", "error"),
    ),
    SitePage(
        8,
        "sources",
        Bilingual("Nguồn và chất lượng dữ liệu", "Sources and data quality"),
        Bilingual(
            "Mọi trang mà danh mục lấy thông tin, và những điều chưa rõ.",
            "Every page that the facts come from, and what is not known.",
        ),
        ("nguồn tin", "trích dẫn", "references", "gaps"),
    ),
    SitePage(
        9,
        "privacy",
        Bilingual("Riêng tư", "Privacy"),
        Bilingual(
            "Trang này giữ gì của người đọc và người viết.",
            "What this site keeps of its readers and of those who write.",
        ),
        ("dữ liệu cá nhân", "quyền riêng tư", "cookie", "personal data"),
    ),
    SitePage(
        10,
        "accessibility",
        Bilingual("Khả năng tiếp cận", "Accessibility"),
        Bilingual(
            "Trang này làm gì để ai cũng dùng được.", "What this site does so that everybody can use it."
        ),
        ("khiếm thị", "trình đọc màn hình", "bàn phím", "screen reader", "keyboard", "WCAG"),
    ),
)
BY_ID = {page.id: page for page in PAGES}
